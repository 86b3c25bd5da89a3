"""The database engine (`settings.DATABASES` names this package): Django's own, and a word on how it plans."""
