"""Readers of office documents: from a file to rows that remember where they stood."""
