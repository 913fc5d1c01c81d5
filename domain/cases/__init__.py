"""Citizens' feedback (PAKN), Nghị định 20/2008/NĐ-CP (amended by 48/2013, 92/2017): its rules."""
