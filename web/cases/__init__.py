"""Citizens' cases (PAKN) on the office's pages: the list, one case, what may be done, entering for somebody else."""
