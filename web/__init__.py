"""The entrance for browsers and webhooks."""
