"""Paper: booklets to print, keying what comes back, settling where two people differ, and files of responses."""
