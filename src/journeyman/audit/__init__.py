"""What a strict reader finds in a table and in the code and predictions made from it."""
