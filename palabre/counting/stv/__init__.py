"""The single transferable vote: several seats in proportion to what people want, by one ranked vote each."""
