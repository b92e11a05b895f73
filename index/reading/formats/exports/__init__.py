"""What databases, programs of notes and agencies export."""
