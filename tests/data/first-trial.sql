BEGIN TRANSACTION;
CREATE TABLE access_link (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	person VARCHAR NOT NULL, 
	measures JSON NOT NULL, 
	expires_on DATE NOT NULL, 
	CONSTRAINT pk_access_link PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_access_link_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
CREATE TABLE agenda_item (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	meeting VARCHAR NOT NULL, 
	"order" INTEGER NOT NULL, 
	number INTEGER, 
	year INTEGER, 
	title VARCHAR NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	content VARCHAR(24) NOT NULL, 
	state VARCHAR(24) NOT NULL, 
	handler VARCHAR NOT NULL, 
	responsible VARCHAR NOT NULL, 
	proposal VARCHAR NOT NULL, 
	summary VARCHAR NOT NULL, 
	background VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	considerations VARCHAR NOT NULL, 
	consequences VARCHAR NOT NULL, 
	follow_up VARCHAR NOT NULL, 
	discussion VARCHAR NOT NULL, 
	measures JSON NOT NULL, 
	withheld VARCHAR NOT NULL, 
	CONSTRAINT pk_agenda_item PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_agenda_item_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE attainment (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	belongs_to VARCHAR NOT NULL, 
	year INTEGER NOT NULL, 
	reached VARCHAR(24), 
	reason VARCHAR NOT NULL, 
	narrative VARCHAR NOT NULL, 
	lesson VARCHAR NOT NULL, 
	CONSTRAINT pk_attainment PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_attainment_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
CREATE TABLE authority (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	kind VARCHAR NOT NULL, 
	thing VARCHAR NOT NULL, 
	effect VARCHAR(24) NOT NULL, 
	decision VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	CONSTRAINT pk_authority PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_authority_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
CREATE TABLE ballot (
	strategy VARCHAR NOT NULL, 
	meeting VARCHAR NOT NULL, 
	goal VARCHAR NOT NULL, 
	seat VARCHAR NOT NULL, 
	value INTEGER NOT NULL, 
	CONSTRAINT pk_ballot PRIMARY KEY (strategy, meeting, goal, seat)
);
CREATE TABLE board (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	papers_days INTEGER NOT NULL, 
	updates_days INTEGER NOT NULL, 
	reminders JSON NOT NULL, 
	overdue_reminders JSON NOT NULL, 
	mail_gap INTEGER NOT NULL, 
	mail_ceiling INTEGER NOT NULL, 
	fallback VARCHAR NOT NULL, 
	CONSTRAINT pk_board PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_board_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
CREATE TABLE change (
	id INTEGER NOT NULL, 
	recorded_at VARCHAR(32) NOT NULL, 
	actor VARCHAR NOT NULL, 
	via VARCHAR(24) NOT NULL, 
	reason VARCHAR NOT NULL, 
	prev_hash VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	CONSTRAINT pk_change PRIMARY KEY (id)
);
INSERT INTO "change" VALUES(1,'2026-11-30T11:27:44.900727+00:00','sekretariatet','yaml','','0000000000000000000000000000000000000000000000000000000000000000','13fbf5fcc0d86c7da30da89792d9f94353df201f356e218d69c9302ea33a6738');
INSERT INTO "change" VALUES(2,'2026-11-30T11:27:48.224682+00:00','sekretariatet','cli','','13fbf5fcc0d86c7da30da89792d9f94353df201f356e218d69c9302ea33a6738','b3336be15f1d424f70a21e6620d7a3906d1f1e0b4e06e5182fb82b3602447fe2');
INSERT INTO "change" VALUES(3,'2026-11-30T11:27:55.518208+00:00','sekretariatet','cli','','b3336be15f1d424f70a21e6620d7a3906d1f1e0b4e06e5182fb82b3602447fe2','b5b195fe5e146c793f22268a294c8769fee0386fb2f5a4cf9b2016e8efc60d63');
CREATE TABLE comment (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	thing VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	mentions JSON NOT NULL, 
	CONSTRAINT pk_comment PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_comment_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
CREATE TABLE confidence (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	meeting VARCHAR NOT NULL, 
	goal VARCHAR NOT NULL, 
	answers JSON NOT NULL, 
	CONSTRAINT pk_confidence PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_confidence_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
CREATE TABLE contact (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	email VARCHAR NOT NULL, 
	CONSTRAINT pk_contact PRIMARY KEY (strategy, "key")
);
CREATE TABLE decision (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	meeting VARCHAR NOT NULL, 
	item VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	votes_for INTEGER, 
	votes_against INTEGER, 
	dissent VARCHAR NOT NULL, 
	measures JSON NOT NULL, 
	effect VARCHAR(24), 
	responsible VARCHAR NOT NULL, 
	due DATE, 
	state VARCHAR(24) NOT NULL, 
	outcome VARCHAR NOT NULL, 
	CONSTRAINT pk_decision PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_decision_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
CREATE TABLE draft (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	measure VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	base INTEGER NOT NULL, 
	phase VARCHAR(24), 
	assessment VARCHAR(24) NOT NULL, 
	done VARCHAR NOT NULL, 
	cause VARCHAR NOT NULL, 
	remedy VARCHAR NOT NULL, 
	next_step VARCHAR NOT NULL, 
	next_due DATE, 
	state VARCHAR(24) NOT NULL, 
	word VARCHAR NOT NULL, 
	CONSTRAINT pk_draft PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_draft_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
CREATE TABLE explanation (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	meeting VARCHAR NOT NULL, 
	thing VARCHAR NOT NULL, 
	clash VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	CONSTRAINT pk_explanation PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_explanation_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
CREATE TABLE goal (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	printed VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	"order" INTEGER NOT NULL, 
	weight VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_goal PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_goal_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
INSERT INTO "goal" VALUES('liten','1',1,1,0,'1','Styrke kulturen','Styrke',1,'2');
CREATE TABLE indicator (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	belongs_to VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	direction VARCHAR(24) NOT NULL, 
	controllability VARCHAR(24) NOT NULL, 
	frequency VARCHAR(24) NOT NULL, 
	method VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	baseline VARCHAR(40), 
	baseline_on DATE, 
	band VARCHAR(40), 
	"order" INTEGER NOT NULL, 
	proposal BOOLEAN NOT NULL, 
	CONSTRAINT pk_indicator PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_indicator_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
INSERT INTO "indicator" VALUES('liten','kurs',1,1,0,'1.1.1','Antall kurs','antall','up','high','year','','','1.5','2023-12-31',NULL,1,0);
CREATE TABLE indicator_value (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	indicator VARCHAR NOT NULL, 
	period VARCHAR NOT NULL, 
	value VARCHAR(40), 
	text VARCHAR NOT NULL, 
	comment VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	quality VARCHAR(24) NOT NULL, 
	CONSTRAINT pk_indicator_value PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_indicator_value_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
INSERT INTO "indicator_value" VALUES('liten','kurs@2025',1,3,0,'kurs','2025','3','','','','final');
CREATE TABLE link (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	thing VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	url VARCHAR NOT NULL, 
	"order" INTEGER NOT NULL, 
	CONSTRAINT pk_link PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_link_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
CREATE TABLE mail (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	person VARCHAR NOT NULL, 
	recipient VARCHAR NOT NULL, 
	day DATE NOT NULL, 
	subject VARCHAR NOT NULL, 
	about JSON NOT NULL, 
	state VARCHAR(24) NOT NULL, 
	problem VARCHAR NOT NULL, 
	CONSTRAINT pk_mail PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_mail_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
CREATE TABLE measure (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	subgoal VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	"order" INTEGER NOT NULL, 
	weight VARCHAR(40) NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	start DATE, 
	due DATE, 
	decided_by VARCHAR NOT NULL, 
	CONSTRAINT pk_measure PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_measure_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
INSERT INTO "measure" VALUES('liten','1.1.1',1,1,0,'1.1','Holde kurs','Kurs',1,'0.5','limited',NULL,'2026-06-30','');
CREATE TABLE meeting (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	number INTEGER NOT NULL, 
	period VARCHAR NOT NULL, 
	held_on DATE NOT NULL, 
	starts VARCHAR NOT NULL, 
	place VARCHAR NOT NULL, 
	state VARCHAR(24) NOT NULL, 
	present JSON NOT NULL, 
	absent JSON NOT NULL, 
	chair VARCHAR NOT NULL, 
	secretary VARCHAR NOT NULL, 
	as_of INTEGER, 
	reported_on DATE, 
	CONSTRAINT pk_meeting PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_meeting_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
CREATE TABLE milestone (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	measure VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	due DATE NOT NULL, 
	done_on DATE, 
	evidence VARCHAR NOT NULL, 
	year INTEGER NOT NULL, 
	weight VARCHAR(40) NOT NULL, "order" INTEGER, 
	CONSTRAINT pk_milestone PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_milestone_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
CREATE TABLE person (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	title VARCHAR NOT NULL, 
	"order" INTEGER NOT NULL, 
	proposal BOOLEAN NOT NULL, 
	CONSTRAINT pk_person PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_person_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
INSERT INTO "person" VALUES('liten','leder',1,1,0,'Styreleder',1,0);
CREATE TABLE question (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	meeting VARCHAR NOT NULL, 
	measure VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	asked_by VARCHAR NOT NULL, 
	answer VARCHAR NOT NULL, 
	answered_by VARCHAR NOT NULL, 
	CONSTRAINT pk_question PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_question_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
CREATE TABLE responsibility (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	measure VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	part VARCHAR(24) NOT NULL, 
	since DATE, 
	until DATE, 
	"order" INTEGER NOT NULL, 
	proposal BOOLEAN NOT NULL, 
	CONSTRAINT pk_responsibility PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_responsibility_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
INSERT INTO "responsibility" VALUES('liten','1.1.1@leder',1,1,0,'1.1.1','leder','responsible',NULL,NULL,1,0);
CREATE TABLE scratch (
	strategy VARCHAR NOT NULL, 
	owner VARCHAR NOT NULL, 
	form VARCHAR NOT NULL, 
	fields JSON NOT NULL, 
	saved_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_scratch PRIMARY KEY (strategy, owner, form)
);
CREATE TABLE seat (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	title VARCHAR NOT NULL, 
	"order" INTEGER NOT NULL, 
	deputy BOOLEAN NOT NULL, 
	since DATE, 
	until DATE, 
	CONSTRAINT pk_seat PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_seat_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
CREATE TABLE secret (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	CONSTRAINT pk_secret PRIMARY KEY (name)
);
CREATE TABLE status_report (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	phase VARCHAR(24), 
	assessment VARCHAR(24) NOT NULL, 
	estimate INTEGER, 
	done VARCHAR NOT NULL, 
	cause VARCHAR NOT NULL, 
	remedy VARCHAR NOT NULL, 
	next_step VARCHAR NOT NULL, 
	next_due DATE, 
	CONSTRAINT pk_status_report PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_status_report_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
INSERT INTO "status_report" VALUES('liten','1.1.1',1,2,0,'in_progress','on_track',NULL,'Kurset er holdt','','','',NULL);
CREATE TABLE strategy (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	organisation VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	start DATE NOT NULL, 
	"end" DATE NOT NULL, 
	vision VARCHAR NOT NULL, 
	sections JSON NOT NULL, 
	headings JSON NOT NULL, 
	notes JSON NOT NULL, 
	CONSTRAINT pk_strategy PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_strategy_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
INSERT INTO "strategy" VALUES('liten','liten',1,1,0,'Laget','Planen','Planen','2024-01-01','2028-12-31','Kultur for alle.','[]','[]','[]');
CREATE TABLE subgoal (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	goal VARCHAR NOT NULL, 
	printed VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	"order" INTEGER NOT NULL, 
	weight VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_subgoal PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_subgoal_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
INSERT INTO "subgoal" VALUES('liten','1.1',1,1,0,'1','1.1','Flere kurs',1,'1');
CREATE TABLE tagging (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	tags JSON NOT NULL, 
	CONSTRAINT pk_tagging PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_tagging_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
CREATE TABLE target (
	strategy VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	indicator VARCHAR NOT NULL, 
	due DATE NOT NULL, 
	value VARCHAR(40) NOT NULL, 
	example BOOLEAN NOT NULL, 
	CONSTRAINT pk_target PRIMARY KEY (strategy, "key", version), 
	CONSTRAINT fk_target_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);
INSERT INTO "target" VALUES('liten','kurs@2026-12-31',1,1,0,'kurs','2026-12-31','5',0);
CREATE INDEX ix_attainment_change_id ON attainment (change_id);
CREATE INDEX ix_goal_change_id ON goal (change_id);
CREATE INDEX ix_indicator_change_id ON indicator (change_id);
CREATE INDEX ix_indicator_value_change_id ON indicator_value (change_id);
CREATE INDEX ix_measure_change_id ON measure (change_id);
CREATE INDEX ix_milestone_change_id ON milestone (change_id);
CREATE INDEX ix_person_change_id ON person (change_id);
CREATE INDEX ix_responsibility_change_id ON responsibility (change_id);
CREATE INDEX ix_status_report_change_id ON status_report (change_id);
CREATE INDEX ix_strategy_change_id ON strategy (change_id);
CREATE INDEX ix_subgoal_change_id ON subgoal (change_id);
CREATE INDEX ix_target_change_id ON target (change_id);
CREATE TRIGGER change_no_update BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER change_no_delete BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER attainment_no_update BEFORE UPDATE ON attainment BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER attainment_no_delete BEFORE DELETE ON attainment BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER goal_no_update BEFORE UPDATE ON goal BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER goal_no_delete BEFORE DELETE ON goal BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER indicator_no_update BEFORE UPDATE ON indicator BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER indicator_no_delete BEFORE DELETE ON indicator BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER indicator_value_no_update BEFORE UPDATE ON indicator_value BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER indicator_value_no_delete BEFORE DELETE ON indicator_value BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER measure_no_update BEFORE UPDATE ON measure BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER measure_no_delete BEFORE DELETE ON measure BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER milestone_no_update BEFORE UPDATE ON milestone BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER milestone_no_delete BEFORE DELETE ON milestone BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER person_no_update BEFORE UPDATE ON person BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER person_no_delete BEFORE DELETE ON person BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER responsibility_no_update BEFORE UPDATE ON responsibility BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER responsibility_no_delete BEFORE DELETE ON responsibility BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER status_report_no_update BEFORE UPDATE ON status_report BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER status_report_no_delete BEFORE DELETE ON status_report BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER strategy_no_update BEFORE UPDATE ON strategy BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER strategy_no_delete BEFORE DELETE ON strategy BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER subgoal_no_update BEFORE UPDATE ON subgoal BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER subgoal_no_delete BEFORE DELETE ON subgoal BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER target_no_update BEFORE UPDATE ON target BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER target_no_delete BEFORE DELETE ON target BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE INDEX ix_tagging_change_id ON tagging (change_id);
CREATE TRIGGER tagging_no_update BEFORE UPDATE ON tagging BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER tagging_no_delete BEFORE DELETE ON tagging BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE INDEX ix_link_change_id ON link (change_id);
CREATE TRIGGER link_no_update BEFORE UPDATE ON link BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER link_no_delete BEFORE DELETE ON link BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE INDEX ix_comment_change_id ON comment (change_id);
CREATE TRIGGER comment_no_update BEFORE UPDATE ON comment BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER comment_no_delete BEFORE DELETE ON comment BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE INDEX ix_board_change_id ON board (change_id);
CREATE TRIGGER board_no_update BEFORE UPDATE ON board BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER board_no_delete BEFORE DELETE ON board BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE INDEX ix_seat_change_id ON seat (change_id);
CREATE TRIGGER seat_no_update BEFORE UPDATE ON seat BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER seat_no_delete BEFORE DELETE ON seat BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE INDEX ix_meeting_change_id ON meeting (change_id);
CREATE TRIGGER meeting_no_update BEFORE UPDATE ON meeting BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER meeting_no_delete BEFORE DELETE ON meeting BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE INDEX ix_agenda_item_change_id ON agenda_item (change_id);
CREATE TRIGGER agenda_item_no_update BEFORE UPDATE ON agenda_item BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER agenda_item_no_delete BEFORE DELETE ON agenda_item BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE INDEX ix_decision_change_id ON decision (change_id);
CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE INDEX ix_authority_change_id ON authority (change_id);
CREATE TRIGGER authority_no_update BEFORE UPDATE ON authority BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER authority_no_delete BEFORE DELETE ON authority BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE INDEX ix_question_change_id ON question (change_id);
CREATE TRIGGER question_no_update BEFORE UPDATE ON question BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER question_no_delete BEFORE DELETE ON question BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE INDEX ix_explanation_change_id ON explanation (change_id);
CREATE TRIGGER explanation_no_update BEFORE UPDATE ON explanation BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER explanation_no_delete BEFORE DELETE ON explanation BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE INDEX ix_confidence_change_id ON confidence (change_id);
CREATE TRIGGER confidence_no_update BEFORE UPDATE ON confidence BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER confidence_no_delete BEFORE DELETE ON confidence BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE INDEX ix_draft_change_id ON draft (change_id);
CREATE TRIGGER draft_no_update BEFORE UPDATE ON draft BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER draft_no_delete BEFORE DELETE ON draft BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE INDEX ix_access_link_change_id ON access_link (change_id);
CREATE TRIGGER access_link_no_update BEFORE UPDATE ON access_link BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER access_link_no_delete BEFORE DELETE ON access_link BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE INDEX ix_mail_change_id ON mail (change_id);
CREATE TRIGGER mail_no_update BEFORE UPDATE ON mail BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
CREATE TRIGGER mail_no_delete BEFORE DELETE ON mail BEGIN SELECT RAISE(ABORT, 'history is never altered'); END;
COMMIT;
