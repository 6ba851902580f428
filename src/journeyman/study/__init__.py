"""Study: reads the evidence back as a map, a plan for today, a skill page and progress."""
