"""Tags: free words on every kind, kept with who and when, gardened by stewards."""
