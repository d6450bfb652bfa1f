"""What the papers of a selection say. They are printed from the records whenever somebody asks; none is kept but the dossier.

Papers are Indonesian whatever language the reader has chosen, so they are written within ``common.in_indonesian``.
"""
