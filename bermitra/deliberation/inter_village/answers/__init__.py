"""What an asked village answers in writing: on its own binding decision, with its own number, and silence is no answer."""
