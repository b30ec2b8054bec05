"""The plan as an Excel workbook that goes round: what its form looks like, and what a filled-in one says."""
