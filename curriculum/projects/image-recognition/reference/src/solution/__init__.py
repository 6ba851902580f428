"""Which garment is in the picture: from grey dots to a shelf, or to a question."""
