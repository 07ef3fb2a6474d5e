"""Who may do what 身份与组织: accounts, units, posts, roles, delegation, log-in, data scopes."""
