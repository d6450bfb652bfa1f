"""Files by content hash, one document model with its renderers, verification codes."""
