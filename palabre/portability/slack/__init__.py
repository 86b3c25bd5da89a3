"""A Slack export, brought in as conversations: `importing.import_slack`."""
