using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AspireDeploy.Data.Migrations
{
    /// <inheritdoc />
    public partial class ItemVersion : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "version",
                table: "items",
                type: "integer",
                nullable: false,
                defaultValue: 1);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "version",
                table: "items");
        }
    }
}
