"""What a board meeting is given and leaves behind: papers, minutes, and what is new since the last."""
