"""The demo world: an invented company in which every kind, state and audience occurs.

It is also the world of the tests, so what one sees is what is tested.
"""
