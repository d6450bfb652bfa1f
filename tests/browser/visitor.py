"""Somebody who uses the pages as people do: links and buttons by their words, fields by their labels."""

from __future__ import annotations

from typing import Any

from tests.people import PASSWORD


class Visitor:
    """Somebody signed in who follows links and presses buttons by their words, and says the password again where asked."""

    def __init__(self, site: Any, page: Any):
        self.site, self.page = site, page

    def at(self, address: str) -> str:
        self.page.goto(address)
        return self.text

    @property
    def text(self) -> str:
        text: str = self.page.inner_text("main")
        return text

    def follow(self, words: str) -> None:
        link = self.page.get_by_role("main").get_by_role("link", name=words)
        assert link.count(), f"{self.page.url}: no {words}\n{self.text}"
        link.first.click()
        self._says_who_it_is_again()

    def press(self, words: str) -> str:
        button = self.page.get_by_role("main").get_by_role("button", name=words, exact=True)
        assert button.count(), f"{self.page.url}: no {words}\n{self.text}"
        button.first.click()
        self._says_who_it_is_again()
        return self.text

    def _says_who_it_is_again(self) -> None:
        """Important acts ask for the password, and an officer for a code of the telephone: each code counts once."""
        for _ in range(6):
            word, code = (self.page.locator(f"main input[name={name}]") for name in ("password", "code"))
            if word.count():
                word.fill(PASSWORD)
            elif code.count():
                if self.page.locator(".err").count():
                    self.page.wait_for_timeout(15_000)
                code.fill(self.site.code("dinas"))
            else:
                return
            self.page.get_by_role("main").get_by_role("button").first.click()

    def fill(self, **typed: str) -> None:
        for label, value in typed.items():
            self.page.get_by_label(label.replace("_", " ")).fill(value)

    def fill_every_text(self, words: str) -> None:
        for field in self.page.locator("main textarea").all():
            field.fill(words)

    def check(self, *labels: str) -> None:
        for label in labels:
            self.page.get_by_label(label).check()
