"""The pages: one file each, composing what pages/view computes."""
