"""8. Work plan, obligations, contributions and spending, training, hand-over."""
