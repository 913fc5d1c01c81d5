"""Citizens' cases as those see them who may: what, where, until when; never who."""
