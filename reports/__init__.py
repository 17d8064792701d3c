"""What it means: counts, findings and the section in words. Knows pandas, but neither the database nor Flask."""
