"""Carbon-footprint declarations: impact by life-cycle module, per declared unit."""
