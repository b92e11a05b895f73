"""What messages are built of: pages as components, menus, pictures, and items that outlive a restart."""
