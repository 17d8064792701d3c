"""The people to text: uploaded by one person, confirmed by another, shown to nobody."""
