"""What the pages share: filters and links, charts, maps, the evidence panel, the look."""
