"""The register of citizens' feedback: one small module for each kind of row."""
