"""The example: three partnerships carried through the whole journey, four villages on one spring, one village that fails at every gate.

Stories are YAML; each of their acts is carried out by the product's own doors, by a person who holds the office on that day.
"""
