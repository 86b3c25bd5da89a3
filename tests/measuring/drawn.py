"""The numbers that R draws after `set.seed`, so that examples published with their seed can be read again.

R: Mersenne Twister (Matsumoto and Nishimura 1998), normal numbers by inversion with Wichura's AS 241.
"""

from statistics import NormalDist

import numpy as np

BIG = 134217728


class Drawn:
    """`set.seed(seed)`; then numbers in R's order."""

    def __init__(self, seed: int) -> None:
        words = []
        for number in range(50 + 625):
            seed = (69069 * seed + 1) % 2**32
            if number >= 50:
                words.append(seed)
        self._source = np.random.RandomState()
        self._source.set_state(("MT19937", np.array(words[1:], dtype=np.uint32), 624))

    def uniform(self) -> float:
        """`runif(1)`."""
        word = int(self._source.randint(0, 2**32, dtype=np.uint64))
        return min(max(word * 2.3283064365386963e-10, 2.328306437080797e-10), 1 - 2.328306437080797e-10)

    def normal(self, number: int, mean: float, spread: float, digits: int = 2) -> list[float]:
        """`round(rnorm(number, mean, spread), digits)`."""
        found = []
        for _each in range(number):
            coarse = int(BIG * self.uniform())
            found.append(NormalDist().inv_cdf((coarse + self.uniform()) / BIG) * spread + mean)
        return [round(each, digits) for each in found]

    def sample(self, number: int, values: list[int], chances: list[float]) -> list[int]:
        """`sample(x, number, replace = TRUE, prob)`, values and chances in the order in which R sorts them."""
        sums = np.cumsum(chances)
        found = []
        for _each in range(number):
            at = self.uniform()
            found.append(next((v for v, s in zip(values[:-1], sums[:-1], strict=True) if at <= s), values[-1]))
        return found
