"""Due diligence as data: a book of questions and documents, and the verdict that follows from them. Pure."""
