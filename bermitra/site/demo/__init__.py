"""The example: three partnerships carried through the whole journey, and a village that fails on purpose at every gate.

Stories are YAML; each of their acts is carried out by the product's own doors, by a person who holds the office on that day.
"""
