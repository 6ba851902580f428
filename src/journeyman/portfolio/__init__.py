"""Portfolio: a site of what was done, each line with its evidence."""
