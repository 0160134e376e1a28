// SCHEMA 4: meetings, their actions, who was told of an episode, and schools' calendars
CREATE CONSTRAINT meeting_id IF NOT EXISTS FOR (n:Meeting) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT action_id IF NOT EXISTS FOR (n:Action) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT notification_id IF NOT EXISTS FOR (n:Notification) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT school_calendar_id IF NOT EXISTS FOR (n:SchoolCalendar) REQUIRE n.id IS UNIQUE;
CREATE INDEX meeting_record IF NOT EXISTS FOR (n:Meeting) ON (n.record);
CREATE INDEX action_record IF NOT EXISTS FOR (n:Action) ON (n.record);
CREATE INDEX notification_record IF NOT EXISTS FOR (n:Notification) ON (n.record);
CREATE INDEX school_calendar_record IF NOT EXISTS FOR (n:SchoolCalendar) ON (n.record);
