"""One small file per message provider."""
