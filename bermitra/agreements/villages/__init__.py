"""A village is merged, split or made a kelurahan: who holds its agreements from then on."""
