"""The shape of what is typed about needs, priorities and potentials."""

from bermitra.needs.forms.aims import Aims, Lift, risk_choices
from bermitra.needs.forms.common import Numbers, Several, Sure, Why, YearField, parse_year
from bermitra.needs.forms.figures import Aimed, Cost, goal_choices, group_choices, theme_choices
from bermitra.needs.forms.needs import (
    SEVERITY,
    Beneficiaries,
    Defer,
    FilterNeeds,
    Met,
    NeedForm,
    choose_sector,
    parse_indicator,
    sector_choices,
    state_choices,
)
from bermitra.needs.forms.potentials import (
    CostOrBenefit,
    Locate,
    PotentialForm,
    Rate,
    kind_choices,
    parse_measure,
    show_measure,
    strength_choices,
)
from bermitra.needs.forms.priorities import ListForm, Place, Table
from bermitra.needs.forms.voices import LoadNeeds, Merge, VoiceForm, speaking_choices

__all__ = [
    "SEVERITY",
    "Aimed",
    "Aims",
    "Beneficiaries",
    "Cost",
    "CostOrBenefit",
    "Defer",
    "FilterNeeds",
    "Lift",
    "ListForm",
    "LoadNeeds",
    "Locate",
    "Merge",
    "Met",
    "NeedForm",
    "Numbers",
    "Place",
    "PotentialForm",
    "Rate",
    "Several",
    "Sure",
    "Table",
    "VoiceForm",
    "Why",
    "YearField",
    "choose_sector",
    "goal_choices",
    "group_choices",
    "kind_choices",
    "parse_indicator",
    "parse_measure",
    "parse_year",
    "risk_choices",
    "sector_choices",
    "show_measure",
    "speaking_choices",
    "state_choices",
    "strength_choices",
    "theme_choices",
]
