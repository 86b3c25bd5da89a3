"""Our counts beside those of independent implementations: `bin/oracles`."""
