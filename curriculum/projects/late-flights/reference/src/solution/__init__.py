"""Which flights will arrive late: from three raw tables to a warning the evening before."""
