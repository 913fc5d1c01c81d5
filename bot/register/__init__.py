"""The register of citizens' feedback (PAKN) in the coordinating office's chat: lists, one case, what is decided."""
