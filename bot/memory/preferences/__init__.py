"""What servers, channels and people have set, and what applies where; imports nothing but the memory's tables."""
