"""Papers: what a document says, how it is drawn, where its file lies and how anyone checks it."""
