"""What must be true: shared facts, the register, profiles, judging, the calendar. Pure."""
