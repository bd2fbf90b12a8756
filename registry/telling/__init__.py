"""What is told: acts on certificates, steps of applications and days, followed until each is a notice."""
