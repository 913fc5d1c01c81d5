"""One function per thing that can be done; the only writers. An action takes an open unit and never commits."""
