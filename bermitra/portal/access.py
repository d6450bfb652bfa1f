"""The public pages."""

from bermitra.foundation.commands.permits import ANY, Row, act, page

ACCESS: tuple[Row, ...] = (
    page("page.home", everyone=ANY),
    page("page.search", everyone=ANY),
    page("page.villages", everyone=ANY),
    page("page.villages_csv", everyone=ANY),
    page("page.villages_xlsx", everyone=ANY),
    page("page.village_by_digits", everyone=ANY),
    page("page.village", everyone=ANY),
    page("page.partners", everyone=ANY),
    page("page.partner", everyone=ANY),
    page("page.offers", everyone=ANY),
    page("page.offers_csv", everyone=ANY),
    page("page.offers_xlsx", everyone=ANY),
    page("page.offer", everyone=ANY),
    page("page.calls", everyone=ANY),
    page("page.call", everyone=ANY),
    page("page.partnerships", everyone=ANY),
    page("page.partnerships_csv", everyone=ANY),
    page("page.partnerships_xlsx", everyone=ANY),
    page("page.partnership", everyone=ANY),
    page("page.help", everyone=ANY),
    page("page.help_programs", everyone=ANY),
    page("page.glossary", everyone=ANY),
    page("page.rules", everyone=ANY),
    page("page.rules_of", everyone=ANY),
    act("page.verify", everyone=ANY),
    act("page.paper", everyone=ANY),
    page("page.agreement", everyone=ANY),
    page("page.agreement_pdf", everyone=ANY),
)
