"""Which hotel bookings will be cancelled: from the raw table to a scored list and a threshold."""
