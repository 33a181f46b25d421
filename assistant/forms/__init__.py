"""The self-assessment form: its fields as data, and the finding of their values in drafts and in what people say."""
