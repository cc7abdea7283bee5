-- What was imported. The rows of a withdrawn import are gone; what it was stays in the events.
CREATE TABLE imports (
    pilot TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    until TEXT,
    PRIMARY KEY (pilot, number)
) WITHOUT ROWID;

-- One row of an aggregate ledger as one import gave it; money in hundredths. Import 0 holds what event rows add up to,
-- a negative number what those of an import added up to before they were deleted. `bits` says which measures the row
-- has, `mask` which of them a later import gave again for the same day, channel and project: those are not counted here.
CREATE TABLE ledger (
    pilot TEXT NOT NULL,
    day TEXT NOT NULL,
    department TEXT NOT NULL,
    channel TEXT NOT NULL,
    project TEXT NOT NULL,
    line TEXT NOT NULL,
    purse TEXT NOT NULL,
    import INTEGER NOT NULL,
    side TEXT NOT NULL,
    bits INTEGER NOT NULL,
    mask INTEGER NOT NULL,
    exposures INTEGER,
    clicks INTEGER,
    enquiries INTEGER,
    bookings INTEGER,
    arrivals INTEGER,
    new_patients INTEGER,
    treatments INTEGER,
    quality_patients INTEGER,
    revisits_due INTEGER,
    revisits INTEGER,
    surveyed INTEGER,
    satisfied INTEGER,
    revenue INTEGER,
    spend INTEGER,
    PRIMARY KEY (pilot, day, department, channel, project, line, purse, import)
) WITHOUT ROWID;

-- One touch of one person, under the pseudonymous key the hospital made.
CREATE TABLE touches (
    pilot TEXT NOT NULL,
    key TEXT NOT NULL,
    day TEXT NOT NULL,
    step TEXT NOT NULL,
    department TEXT NOT NULL,
    channel TEXT NOT NULL,
    project TEXT NOT NULL,
    import INTEGER NOT NULL,
    side TEXT NOT NULL,
    new TEXT,
    fits TEXT,
    revenue INTEGER,
    PRIMARY KEY (pilot, key, day, step, department, channel, project, import)
) WITHOUT ROWID;
