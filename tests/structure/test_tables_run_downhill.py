"""Foreign keys follow the journey too: a string in a model escapes the import linter."""

import tomllib
from pathlib import Path

from django.apps import apps

CONTRACTS = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]


def place(module: str) -> tuple[int, int]:
    """How far down the house a package lies: its layer in the journey, and inside the foundation."""
    order = {c["id"]: c["layers"] for c in CONTRACTS if c["id"] in ("journey", "foundation")}
    parts = module.split(".")

    def row(layers: list[str], name: str) -> int:
        return next(i for i, layer in enumerate(layers) if name in layer.replace("|", " ").replace(":", " ").split())

    inner = row(order["foundation"], parts[2]) if parts[1] == "foundation" else 0
    return row(order["journey"], parts[1]), inner


def test_a_foreign_key_points_to_the_same_or_an_earlier_layer():
    uphill = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model.__module__.startswith("bermitra.")
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model.__module__.startswith("bermitra.")
        and place(field.related_model.__module__) < place(model.__module__)
    ]  # fmt: skip
    assert uphill == []
