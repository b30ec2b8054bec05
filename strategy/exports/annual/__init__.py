"""The annual report (årsmelding): its facts, its chapters, and what its numbers rest on."""
