"""A folder of Markdown, brought in as pages: `importing.import_markdown`."""
