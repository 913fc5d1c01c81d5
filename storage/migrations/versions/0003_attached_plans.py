"""Plans that hang under a task of another plan ("theo kế hoạch riêng")."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attached_plans",
        sa.Column("plan_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_attached_plans_plan_id_plans")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_attached_plans_task_id_tasks")),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_attached_plans")),
    )
    with op.batch_alter_table("attached_plans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attached_plans_task_id"), ["task_id"], unique=False)


def downgrade() -> None:
    op.drop_table("attached_plans")
